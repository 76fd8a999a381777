/** The IAM actions that a sync makes use of: all read, none write. */
export const READ_ACTIONS = [
  "inspector2:BatchGetAccountStatus",
  "inspector2:BatchGetCodeSnippet",
  "inspector2:BatchGetFindingDetails",
  "inspector2:ListCoverage",
  "inspector2:ListFilters",
  "inspector2:ListFindings",
] as const;

/**
 * A CloudFormation template of the role that a connection assumes: it may read Inspector and nothing else, and only the
 * given principal may assume it, with the given external id.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export const ROLE_TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Description: Lets Sightline read the findings of Amazon Inspector. It can change nothing.
Parameters:
  TrustedPrincipalArn:
    Type: String
    Description: ARN of the IAM role or user that Sightline runs as.
    AllowedPattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+$"
  ExternalId:
    Type: String
    Description: The external id that you also give to Sightline. Use a long random text.
    MinLength: 16
    MaxLength: 1224
    AllowedPattern: "^[A-Za-z0-9+=,.@:/_-]+$"
    NoEcho: true
  RoleName:
    Type: String
    Default: SightlineRead
Resources:
  ReadRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref TrustedPrincipalArn
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
      Policies:
        - PolicyName: ReadInspector
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
${READ_ACTIONS.map((action) => `                  - ${action}`).join("\n")}
                Resource: "*"
Outputs:
  RoleArn:
    Description: Give this to Sightline.
    Value: !GetAtt ReadRole.Arn
`;
